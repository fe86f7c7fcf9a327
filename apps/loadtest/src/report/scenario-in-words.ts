import type { Scenario } from '../scenario/scenario';
import { asDuration, asRate, counted, inThousands } from './figures';

/** Who sends requests, and when: `1,000 users with 0.5 to 1 s of think time, 500 more each second`. */
export function arrivalInWords({ arrival }: Pick<Scenario, 'arrival'>): string {
  if ('open' in arrival) {
    const { rate, process, maxInFlight } = arrival.open;
    const how = process === 'poisson' ? 'Poisson' : 'evenly spaced';
    return `${asRate(rate)} in ${how} arrivals, at most ${inThousands(maxInFlight)} in flight`;
  }
  const { users, thinkTime, rampUp } = arrival.closed;
  const { min, max } = thinkTime;
  const range = min === max ? asDuration(min) : `${min} to ${asDuration(max)}`;
  const thinking = max === 0 ? 'without think time' : `with ${range} of think time`;
  const ramp = rampUp === undefined ? '' : `, ${Number(rampUp.toPrecision(4))} more each second`;
  return `${counted(users, 'user')} ${thinking}${ramp}`;
}

/** What each request asks: `unique prompts of 16,350 bytes, at most 16 tokens, streamed`. */
export function requestInWords({ request }: Pick<Scenario, 'request'>): string {
  const { prompt, maxTokens, stream } = request;
  const asked =
    'bytes' in prompt
      ? `${prompt.unique ? 'unique prompts' : 'the same prompt'} of ${inThousands(prompt.bytes)} bytes`
      : 'text' in prompt
        ? `the same prompt of ${counted(Buffer.byteLength(prompt.text), 'byte')}`
        : `prompts of ${prompt.file}, ${prompt.order}`;
  const most = maxTokens === undefined ? '' : `, at most ${counted(maxTokens, 'token')}`;
  return `${asked}${most}${stream ? ', streamed' : ''}`;
}
