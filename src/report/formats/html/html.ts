import { createHash } from 'node:crypto';
import type { PoolRecord, Result } from '../../../domain/result/result.ts';
import { inChunks } from '../../text/chunks.ts';
import { newComparison } from '../../views/baseline-view.ts';
import { newMeasuredPools } from '../../views/measured-pools.ts';
import { newControls } from '../../views/controls.ts';
import type { FormatOptions } from '../../format.ts';
import { collectOverview, type OverviewLimits } from '../../views/overview.ts';
import { newBreakdown } from '../../views/breakdown.ts';
import { allByStatus, newWorstFindings } from '../../views/worst-findings.ts';
import { exceptionsSection, pageFooter, policiesSection, warningsSection } from './closing-sections.ts';
import { comparedPools, comparisonSection } from './comparison-section.ts';
import { coverageSection, pageHeader } from './coverage-section.ts';
import { dataBlock, newEvidence } from './findings-data.ts';
import { findingsSection } from './findings-section.ts';
import { namedAccounts, notReadSection } from './not-read-section.ts';
import { text as pageCss } from './page/page.css?text';
import { text as pageScript } from './page/page.ts?text';
import { text as picturesCss } from './pictures/pictures.css?text';
import { poolsBlock } from './pools/pools-data.ts';
import { poolsSection, poolsWithoutScript } from './pools/pools-section.ts';
import { measuredPools, readinessSection } from './readiness-section.ts';
import { breakdownSection } from './breakdown-section.ts';

const pageStyle = `${pageCss}\n${picturesCss}`;

/** Browsers filter and sort this many at once; beyond it the page lists the worst and says so. */
const maxFindings = 10_000;
const limits: OverviewLimits = { accountsPerGap: namedAccounts };

/** One file for a browser: it opens from disk, runs only its own script, and asks the network for nothing. */
export function html(result: Result, options: FormatOptions): AsyncIterable<string> {
  return inChunks(page(result, options));
}

async function* page(result: Result, { fallbackFile }: FormatOptions): AsyncGenerator<string> {
  const { head } = result;
  const { newPictures } = await import('./pictures/section.ts');
  const pictures = await newPictures(result);
  const worst = newWorstFindings(maxFindings, newEvidence(fallbackFile), allByStatus);
  const controls = newControls(head);
  const comparison = newComparison(result, comparedPools);
  const breakdown = await newBreakdown(result);
  const measured = newMeasuredPools(measuredPools);
  const firstPools: PoolRecord[] = [];
  const overview = await collectOverview(result, limits, (pool) => {
    worst.pool(pool);
    controls.pool(pool);
    comparison.pool(pool);
    breakdown.pool(pool);
    measured.pool(pool);
    pictures.pool(pool);
    if (firstPools.length < poolsWithoutScript) firstPools.push(pool);
  });
  const found = worst.found();
  yield pageStart(head.run.finishedAt);
  yield `${pageHeader(head, measured.counts().all).markup}\n<main>\n`;
  yield `${findingsSection(found, head).markup}\n`;
  const compared = await comparison.found();
  const listed = new Set(found.kept.map(({ pool }) => pool.accountId));
  yield `${(await pictures.section(compared, listed)).markup}\n`;
  yield `${notReadSection(overview, head.summary.gaps.open).markup}\n`;
  yield `${comparisonSection(result, compared).markup}\n`;
  yield `${readinessSection(measured).markup}\n`;
  yield `${coverageSection(head, overview).markup}\n`;
  yield `${breakdownSection(breakdown.found(), controls.found()).markup}\n`;
  yield `${poolsSection(firstPools, head).markup}\n`;
  yield `${exceptionsSection(overview).markup}\n${warningsSection(head).markup}\n${policiesSection(head).markup}\n</main>\n`;
  yield `${pageFooter(head).markup}\n`;
  yield* dataBlock(found.kept);
  yield* poolsBlock(result);
  yield `<script>${pageScript}</script>\n</body>\n</html>\n`;
}

/** Nothing but this very style and script may act, and nothing may be fetched. */
const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src ${hashOf(pageStyle)}`,
  `script-src ${hashOf(pageScript)}`,
  "require-trusted-types-for 'script'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function pageStart(finishedAt: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>MFA of Cognito user pools, ${finishedAt.slice(0, 10)}</title>
<style>${pageStyle}</style>
</head>
<body>
`;
}
