/** Regions and account ids that can't be, by what is known without AWS: a slip is told before a night has gone by. */
import type { PolicySet } from '../domain/policy/policy.ts';
import { cognitoRegions, isCognitoRegion } from '../domain/model/regions.ts';
import { siteInWords, sitesOf, type Site } from '../domain/policy/selector-sites.ts';
import type { Entry } from '../domain/policy/match/selector-keys.ts';
import { compileEntry } from '../domain/policy/match/selectors.ts';
import type { Settings } from '../domain/settings.ts';
import { warningAt, type Warning } from '../domain/result/warning.ts';
import { nearest } from '../yaml/nearest.ts';

const allRegions: readonly string[] = Object.values(cognitoRegions).flat();
/** As most globs are meant: `eu-west-*`, `eu-*`. */
const families = [
  ...new Set(allRegions.flatMap((region) => [region.replace(/\d+$/, '*'), region.replace(/-.*/, '-*')])),
];

type Scope = Pick<Settings, 'file' | 'include' | 'exclude' | 'accounts' | 'regions' | 'role'>;

/** Those of the configuration come first. */
export function placeWarnings(set: Pick<PolicySet, 'policies' | 'exceptions'>, settings: Scope): readonly Warning[] {
  const { accounts } = settings;
  const ids = accounts.kind === 'ids' ? accounts.ids : null;
  return [
    ...regionWarnings(settings),
    ...sitesOf(set, settings).flatMap((site) => {
      const words = siteWords(site, ids);
      return words === null ? [] : [warningAt(site.entry.location, 'place-unknown', `${siteInWords(site)} ${words}`)];
    }),
  ];
}

function siteWords({ key: { key }, entry }: Site, ids: readonly string[] | null): string | null {
  if (key === 'regions') return regionWords(entry);
  if (key === 'pools' && entry.isId) return poolWords(entry.text);
  return key === 'accounts' ? accountWords(entry.text, ids) : null;
}

/** A region may be newer than the list: what is odd is said, and nothing is refused. `null`: nothing is odd. */
function regionWords({ text, matches }: Pick<Entry, 'text' | 'matches'>): string | null {
  if (allRegions.some((region) => matches(region))) return null;
  return `is no region where this version knows Cognito${suggestion(text, text.includes('*') ? families : allRegions)}`;
}

function poolWords(text: string): string | null {
  const [region = '', id = ''] = text.split('_');
  if (isCognitoRegion(region)) return null;
  const near = nearest(region, allRegions);
  const hint = near === null ? '' : `; did you mean ${near}_${id}?`;
  return `begins with no region where this version knows Cognito${hint}`;
}

function accountWords(text: string, ids: readonly string[] | null): string | null {
  if (/^\d[\d*?]*[*?]/.test(text)) return 'is compared with names of accounts; ids are written whole';
  if (!/^\d+$/.test(text)) return null;
  if (text.length !== 12)
    return `has ${text.length} digits and is read as a name; an account id has 12${suggestion(text, ids ?? [])}`;
  if (ids === null || ids.includes(text)) return null;
  return `is not among accounts.ids of the configuration${suggestion(text, ids)}`;
}

function suggestion(text: string, known: readonly string[]): string {
  const near = nearest(text, known);
  return near === null ? '' : `; did you mean ${near}?`;
}

function regionWarnings({ file, regions }: Scope): readonly Warning[] {
  const location = { file: file ?? '', line: 0, column: 0 };
  const named = regions.kind === 'list' ? regions.regions : regions.exclude;
  const key = regions.kind === 'list' ? 'regions' : 'regions.exclude';
  return named.flatMap((text) => {
    const words = regionWords(compileEntry('regions', text, location));
    return words === null ? [] : [warningAt(location, 'place-unknown', `${key} "${text}" ${words}`)];
  });
}
