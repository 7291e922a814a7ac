import { fileURLToPath } from 'node:url';
import { repeated, type Figure } from '../figure.ts';
import { cli, measure } from '../measure.ts';

const policies = fileURLToPath(new URL('../../../../policies', import.meta.url));
const atLeast = 15;

export const startUp: Figure = {
  name: 'start-up',
  title: 'Start-up',
  async measure({ repetitions, quick }) {
    const runs = await repeated(quick ? 1 : Math.max(atLeast, repetitions), async () => ({
      bare: (await measure(['-e', '0'])).wallMs,
      help: (await measure([cli, '--help'])).wallMs,
      check: (await measure([cli, 'policy', 'check', '--policies', policies])).wallMs,
    }));
    return [
      { what: '--help ÷ bare Node', unit: '', values: runs.map(({ help, bare }) => help / bare), reach: 1.25 },
      { what: 'policy check ÷ bare Node', unit: '', values: runs.map(({ check, bare }) => check / bare), reach: 5 },
      {
        what: 'policy check on the shipped policies',
        unit: 's',
        values: runs.map((run) => run.check / 1000),
        reach: 0.4,
      },
      { what: 'floor: bare Node', unit: 's', values: runs.map(({ bare }) => bare / 1000), reach: null },
    ];
  },
};
