/** Loaded into a measured process before its own code: says at its end what it has used. */
import { writeFileSync } from 'node:fs';

const file = process.env['BENCH_USAGE_FILE'];
process.on('exit', () => {
  if (file !== undefined) writeFileSync(file, JSON.stringify(process.resourceUsage()));
});
