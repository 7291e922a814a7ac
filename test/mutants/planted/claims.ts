import { expect, test } from 'vitest';
import {
  noticedOnTheFirstCall,
  noticedSinceItNeverEnds,
  noticedWhenLoaded,
  playedAndNotAskedAbout,
} from './planted.ts';

test('a word', () => expect(noticedWhenLoaded()).toBe('ja'));

test('a sum', () => expect(noticedOnTheFirstCall()).toBe(5));

test('a count', () => expect(noticedSinceItNeverEnds(4)).toBe(4));

test('a comparison', () => expect(() => playedAndNotAskedAbout(4)).not.toThrow());
