/** Which file is the configuration where none is named: it goes by the working directory, which a worker thread can't change. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../default-settings.ts';
import type { Environment } from '../../src/config/settings/environment.ts';
import { loadSettings } from '../../src/config/settings/load-settings.ts';
import type { Settings } from '../../src/domain/settings.ts';

const head = 'apiVersion: mfa-drift/v1\nkind: Config\n';

/** In a folder of its own, with these files. */
function inFolder<T>(files: Readonly<Record<string, string>>, work: () => T): T {
  const here = process.cwd();
  const own = mkdtempSync(join(tmpdir(), 'mfa-drift-own-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(own, name), text);
  process.chdir(own);
  try {
    return work();
  } finally {
    process.chdir(here);
    rmSync(own, { recursive: true });
  }
}

function loadHere(env: Environment = {}): Settings {
  return loadSettings({ file: null, flags: {}, env });
}

describe('the configuration that nobody names', () => {
  it('reads the caller’s own account where there is no file', () => {
    expect(inFolder({}, loadHere)).toEqual(defaultSettings);
  });

  it.each(['mfa-drift.yaml', 'mfa-drift.yml'])('is %s, where it is there', (file) => {
    expect(inFolder({ [file]: `${head}failOn: high\n` }, loadHere)).toMatchObject({ file, failOn: 'high' });
    expect(inFolder({ [file]: `${head}failOn: high\n` }, () => loadHere({ MFA_DRIFT_CONFIG: '' })).file).toBe(file);
  });

  it('can’t be both at once', () => {
    const both = { 'mfa-drift.yaml': head, 'mfa-drift.yml': `${head}failOn: high\n` };
    expect(() => inFolder(both, loadHere)).toThrow(
      'mfa-drift.yml  stands beside mfa-drift.yaml, and only one of them can be the configuration (delete one, or name the other with --config)',
    );
    const named = () => loadSettings({ file: 'mfa-drift.yml', flags: {}, env: {} });
    expect(inFolder(both, named).failOn).toBe('high');
  });

  it('is missed where a link to it leads nowhere', () => {
    const leadsNowhere = () => {
      symlinkSync('moved.yaml', 'mfa-drift.yaml');
      return loadHere();
    };
    expect(() => inFolder({}, leadsNowhere)).toThrow('mfa-drift.yaml');
  });
});
