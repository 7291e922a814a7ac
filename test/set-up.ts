/** Before every test file: properties draw from the run's seed, and a failure says how to play it again. */
import { configureGlobal } from 'fast-check';
import { seed } from './strength.ts';

configureGlobal({ seed });
