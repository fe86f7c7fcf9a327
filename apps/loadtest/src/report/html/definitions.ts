import { html, type Markup } from '@loadlab/foundation/page';

const TERMS: readonly (readonly [string, string])[] = [
  [
    'Latency',
    'From the moment when a request should have been sent, whether or not it was, to the last byte of its answer. Counted so, a server that stalls cannot hide it by keeping the generator from sending (coordinated omission). Timeouts are in it, at their limit.',
  ],
  ['Service time', 'From the moment when a request was really sent. Only successes.'],
  [
    'Percentile',
    'p99 is the latency that 99 of 100 requests stay below. It needs 1,000 requests to be shown, and p99.9 10,000. "At least" marks one that falls among the timeouts, whose true latency nobody knows.',
  ],
  [
    'Cohort',
    'The requests whose intended start lies in the window: all figures speak of them. The run ends when each of them was answered or timed out.',
  ],
  [
    'Offered and achieved rate',
    'Requests that should have started in the window, and successes that completed in it, each per second of the window.',
  ],
  [
    "Little's bound",
    'Users / (mean think time + answer time): users who wait for an answer before asking again cannot ask more often. A rate near this bound speaks of the users and not of the capacity.',
  ],
  [
    'Overhead against direct',
    'How far each percentile moves between rounds straight to the upstream and rounds through the gateway, with the same arrivals. Its interval holds the true shift 95 times in 100.',
  ],
  ["Overhead by LiteLLM's header", 'x-litellm-overhead-duration-ms: its own time, from when its handler starts.'],
  [
    'Waiting',
    "Service time less x-litellm-response-duration-ms less an idle round trip: what passes before LiteLLM's clock starts, mostly in its event loop's queue.",
  ],
  [
    'Dispatch lag',
    'How late the generator got to a request. It is part of the latency, and above 10 ms a run with open arrivals is invalid.',
  ],
];

/** The words of the page, explained. */
export function definitions(): Markup {
  return html`<section class="card" id="terms">
    <h2>Terms</h2>
    <dl class="terms">
      ${TERMS.map(
        ([term, meaning]) =>
          html`<div>
            <dt>${term}</dt>
            <dd>${meaning}</dd>
          </div>`,
      )}
    </dl>
  </section>`;
}
