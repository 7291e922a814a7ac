/** Nights after nights in one process: it ends as it began, and every night is told right. */
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { dayMs } from '../../src/domain/model/day.ts';
import { run } from '../end-to-end/in-process.ts';
import { says, shouldSay, soakWorkspace } from './audits.ts';
import { startMoving } from './moving.ts';
import { handles, heldBytes, openFiles, slopeOf } from './traces.ts';

const nights = 200;
/** Modules are loaded, code is compiled and caches are filled by then. */
const warm = 50;
/**
 * The sandbox is in this process and remembers every change as CloudTrail does, and compiled code grows for a while. The bound was
 * chosen after a run (43,865 bytes a night): a small leak would pass it.
 */
const mostGrowthPerNight = 75_000;

test(`${nights} nights leave nothing behind`, { timeout: 3_600_000 }, async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const first = Date.parse('2027-01-01T02:00:00Z');
  vi.setSystemTime(first);
  const workspace = await soakWorkspace();
  const held: number[] = [];
  const before = { files: openFiles(), handles: handles() };
  const moving = await startMoving(Date.now);
  for (let night = 0; night < nights; night += 1) {
    vi.setSystemTime(first + night * dayMs);
    await moving.moveTo(night);
    await run(workspace.audit(night), { ...moving.environment, TMPDIR: workspace.scratch });
    expect(says(JSON.parse(await readFile(workspace.resultOf(night), 'utf8')))).toEqual(shouldSay(night));
    held.push(heldBytes());
  }
  await moving.close();
  vi.useRealTimers();
  // What was closed is gone a turn of the event loop later.
  await setTimeout(50);
  const slope = slopeOf(held.slice(warm));
  console.log(
    `${nights} nights: ${mb(held[warm])} MB held after night ${warm}, ${mb(held.at(-1))} MB after the last, ${Math.round(slope)} bytes more a night`,
  );
  expect(slope).toBeLessThan(mostGrowthPerNight);
  expect({ files: openFiles(), handles: handles() }).toEqual(before);
  expect(await readdir(workspace.scratch)).toEqual([]);
  // The run directory was named, so it stays.
  const kept = ['mfa-drift.yaml', 'policies', 'result-0.json', 'result-1.json', 'run', 'scratch'];
  expect((await readdir(workspace.folder)).sort()).toEqual(kept);
});

function mb(bytes = 0): string {
  return (bytes / 1_000_000).toFixed(1);
}
