import { compareTexts } from '../../../domain/model/order.ts';
import type { ResultHead } from '../../../domain/result/result.ts';
import { counted, wholeNumber } from '../../../number-format.ts';
import { visible } from '../../../escape/visible.ts';
import type { Overview } from '../../views/overview.ts';
import { broken, html, lines, nothing, type Markup } from './markup.ts';
import { table } from './table.ts';

const shownExceptions = 500;
const shownWarnings = 500;

export function exceptionsSection({ exceptions }: Overview): Markup {
  if (exceptions.length === 0) {
    return html`<section id="excepted">
      <h2>Exceptions</h2>
      <p>None excuses anything in this result.</p>
    </section>`;
  }
  const rows = exceptions.toSorted((one, other) => compareTexts(one.expires, other.expires)).slice(0, shownExceptions);
  return html`<section id="excepted">
    <h2>Exceptions</h2>
    <p>${counted(exceptions.length, 'exception')}, those that end first above.</p>
    ${table(
      { label: 'Exceptions', headings: ['Until', 'Owner', 'Ticket', 'Reason', 'Written in'], isSortable: true },
      rows.map(
        ({ expires, owner, ticket, reason, file, line }) =>
          html`<tr>
            <td class="date">${expires}</td>
            <td>${broken(owner)}</td>
            <td>${broken(ticket ?? '')}</td>
            <td>${broken(reason)}</td>
            <td class="mono">${broken(`${file}:${line}`)}</td>
          </tr>`,
      ),
    )}
  </section>`;
}

export function warningsSection({ warnings }: ResultHead): Markup {
  if (warnings.length === 0) return nothing;
  return html`<section id="warnings">
    <h2>Warnings</h2>
    ${table(
      { label: 'Warnings', headings: ['Where', 'What'], isSortable: false },
      warnings.slice(0, shownWarnings).map(
        ({ file, line, message }) =>
          html`<tr>
            <td class="mono">${broken(file === null ? '' : `${file}${line === null ? '' : `:${line}`}`)}</td>
            <td>${broken(message)}</td>
          </tr>`,
      ),
    )}
  </section>`;
}

/** The texts that the verdicts were made from, as they were. */
export function policiesSection({ run }: ResultHead): Markup {
  return html`<section id="policies">
    <h2>Policies</h2>
    <p>Policy set <code>${run.policySetSha256}</code>, ${counted(run.policies.length, 'file')}.</p>
    ${run.policies.map(
      ({ file, sha256, text }) =>
        html`<details>
          <summary>${broken(file)}</summary>
          <p class="faint">SHA-256 <code>${sha256}</code></p>
          <pre tabindex="0" aria-label="${file}" data-file="${visible(file)}">${lines(text)}</pre>
        </details>`,
    )}
  </section>`;
}

export function pageFooter({ tool, run }: ResultHead): Markup {
  const exit = wholeNumber(run.exitCode);
  return html`<footer>
    <p>
      Made by ${tool.name} ${tool.version} from run <code>${broken(run.id)}</code>, which ended with exit code ${exit}.
      This page holds all that it shows; it asks the network for nothing.
    </p>
  </footer>`;
}
