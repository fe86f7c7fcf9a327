import { html, type Markup } from '@loadlab/foundation/page';
import type { Review } from '../../review/review-schema';
import { changedCosts, differenceInWords, dollars, hasCost } from '../cost-words';
import { asidesInWords, countsInWords, driftInWords, outputInWords, readInWords } from '../words';
import { linesOf } from './changes';
import { sentence, text } from './text';

/** Rows of a table; more are counted. */
const MOST_ROWS = 100;

/** What the policies found. */
export function policySection({ policy }: Review): Markup | undefined {
  if (policy.length === 0) return undefined;
  const risks = { deny: 'critical', 'needs-approval': 'high', warn: 'medium' } as const;
  return html`<section class="card">
    <h2>Policies</h2>
    <ul class="attention">
      ${policy.slice(0, MOST_ROWS).map(
        ({ level, rule, stack, address, message }) =>
          html`<li class="${risks[level]}">
            <span class="pill">${level === 'needs-approval' ? 'approval' : level}</span
            ><strong>${sentence(text(message))}</strong
            ><small><code>${text(`${stack}: ${address}`)}</code> (${text(rule)})</small>
          </li>`,
      )}
    </ul>
    ${rest(policy.length)}
  </section>`;
}

/** What others changed behind Terraform's back. */
export function driftSection({ drift }: Review): Markup | undefined {
  if (drift.length === 0) return undefined;
  return html`<section class="risks">
    <h2>Changed outside of Terraform: ${drift.length}</h2>
    <div class="changes">
      ${drift.slice(0, MOST_ROWS).map(
        (found) =>
          html`<details class="change none">
            <summary><code>${text(found.address)}</code><span class="stack">${text(found.stack)}</span></summary>
            <div class="body">
              <p class="foot">${driftInWords(found)}</p>
              ${linesOf(found)}
            </div>
          </details>`,
      )}
    </div>
    ${rest(drift.length)}
  </section>`;
}

/** What reads differently, where the code has nothing against it: worth a line, not a worry. */
export function asideSection(review: Review): Markup[] {
  return asidesInWords(review).map((words) => html`<p class="foot">${text(sentence(words))}</p>`);
}

/** Outputs that change, and who reads them. */
export function outputSection({ outputs }: Review): Markup | undefined {
  if (outputs.length === 0) return undefined;
  return html`<section class="risks">
    <h2>Outputs: ${outputs.length}</h2>
    <div class="changes">
      ${outputs.slice(0, MOST_ROWS).map(
        (output) =>
          html`<details class="change ${output.consumers.length > 0 ? 'medium' : 'none'}">
            <summary>
              <code>${text(output.name)}</code
              ><span class="stack">${text(output.stack)}: ${text(outputInWords(output))}</span>
            </summary>
            <div class="body">${linesOf(output)}</div>
          </details>`,
      )}
    </div>
    ${rest(outputs.length)}
  </section>`;
}

/** Data sources that a plan could not read yet. */
export function readSection({ reads }: Review): Markup | undefined {
  if (reads.length === 0) return undefined;
  return html`<section class="risks">
    <h2>Read during the apply: ${reads.length}</h2>
    <div class="changes">
      ${reads.slice(0, MOST_ROWS).map(
        (read) =>
          html`<div class="change none">
            <div class="body">
              <code>${text(read.address)}</code> <small>${text(`${read.stack}: ${readInWords(read)}`)}</small>
            </div>
          </div>`,
      )}
    </div>
    ${rest(reads.length)}
  </section>`;
}

/** What changes in price, the total, and what is not counted. */
export function costSection({ cost }: Review): Markup | undefined {
  if (!hasCost(cost)) return undefined;
  const changed = changedCosts(cost);
  const difference = cost.hourlyAfter - cost.hourlyBefore;
  return html`<section class="card">
    <h2>Cost an hour</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>resource</th>
            <th class="number">before</th>
            <th class="number">after</th>
            <th class="number">difference</th>
          </tr>
        </thead>
        <tbody>
          ${changed.slice(0, MOST_ROWS).map(
            (item) =>
              html`<tr>
                <td><code>${text(item.address)}</code> <small>${text(item.stack)}</small></td>
                ${amounts(item.hourlyBefore, item.hourlyAfter)}
              </tr>`,
          )}
          ${
            changed.length === 0
              ? html`<tr>
                  <td colspan="4">No price changes.</td>
                </tr>`
              : undefined
          }
        </tbody>
        <tfoot>
          <tr>
            <td>everything in these plans</td>
            ${amounts(cost.hourlyBefore, cost.hourlyAfter)}
          </tr>
        </tfoot>
      </table>
    </div>
    ${rest(changed.length)}
    <p class="foot">
      ${sentence(cost.basis)};
      ${difference === 0 ? 'no difference' : `${differenceInWords(difference * 730)} in a month of 730 hours`}.
      ${cost.notCounted.length > 0 ? `Not counted: ${cost.notCounted.slice(0, MOST_ROWS).map(text).join('; ')}.` : undefined}
    </p>
  </section>`;
}

function amounts(before: number, after: number): Markup {
  const kind = after > before ? 'more' : after < before ? 'less' : '';
  return html`<td class="number">${dollars(before)}</td>
    <td class="number">${dollars(after)}</td>
    <td class="number ${kind}">${before === after ? '' : differenceInWords(after - before)}</td>`;
}

/** Each stack with its own counts, where there are several. */
export function stackSection({ stacks }: Review): Markup | undefined {
  if (stacks.length < 2) return undefined;
  return html`<section class="card">
    <h2>Stacks</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>stack</th>
            <th>changes</th>
            <th>worst</th>
          </tr>
        </thead>
        <tbody>
          ${stacks.slice(0, MOST_ROWS).map(
            ({ stack, counts, risk }) =>
              html`<tr>
                <td>${text(stack)}</td>
                <td>${countsInWords(counts)}</td>
                <td>${risk}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${rest(stacks.length)}
  </section>`;
}

function rest(all: number): Markup | undefined {
  return all > MOST_ROWS ? html`<p class="foot">and ${all - MOST_ROWS} more</p>` : undefined;
}
