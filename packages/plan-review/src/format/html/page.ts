import { html, LOGO, Markup, withoutIndentation } from '@loadlab/foundation/page';
import type { Review } from '../../review/review-schema';
import { changeSections } from './changes';
import { graphSection } from './graph';
import {
  asideSection,
  costSection,
  driftSection,
  outputSection,
  policySection,
  readSection,
  stackSection,
} from './sections';
import { REVIEW_STYLE } from './style';
import { attentionSection, figures, verdictBanner } from './summary';
import { text } from './text';

/** No script runs and nothing is loaded, whatever a plan may hold. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * The review as one self-contained page: verdict and reason first, then what else to know, the graph, and each change. No script, no
 * network; light and dark by the reader's system; the same review always gives the same page.
 */
export function formatHtml(review: Review): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <title>Plan review: ${review.verdict.risk}</title>
        <style>
          ${new Markup(REVIEW_STYLE)}
        </style>
      </head>
      <body>
        <div class="page">
          <header class="top"><span class="brand">${LOGO} Plan review</span><span>${origin(review)}</span></header>
          <main class="flow">
            ${verdictBanner(review)} ${figures(review)} ${attentionSection(review)} ${policySection(review)}
            ${graphSection(review)} ${changeSections(review)} ${driftSection(review)} ${outputSection(review)}
            ${readSection(review)} ${asideSection(review)} ${costSection(review)} ${stackSection(review)}
          </main>
          <footer class="foot">
            What Terraform marks as sensitive is masked. Plans hold secrets in clear: keep them private. References that
            pass through <code>locals</code> are not followed, since a plan does not hold them.
          </footer>
        </div>
      </body>
    </html> `;
  return `${withoutIndentation(page.text).trim()}\n`;
}

/** Of what, planned when and by which Terraform. */
function origin({ stacks }: Review): string {
  const names = stacks.map(({ stack }) => text(stack));
  const planned = stacks.flatMap(({ plannedAt }) => plannedAt ?? []).sort()[0];
  const versions = [...new Set(stacks.flatMap(({ terraform }) => terraform ?? []))];
  return [
    names.length > 3 ? `${names.length} stacks` : names.join(', '),
    ...(planned === undefined ? [] : [`planned ${text(planned).slice(0, 16).replace('T', ' ')} UTC`]),
    ...(versions.length === 0 ? [] : [`Terraform ${versions.map(text).join(', ')}`]),
  ].join(' · ');
}
