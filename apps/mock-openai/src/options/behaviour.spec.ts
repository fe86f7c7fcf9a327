import { ApiError } from '../answers/api-error';
import { behaviourOf, behaviourOfModel } from './behaviour';
import { defaultOptions } from './mock-options';

const defaults = behaviourOf(defaultOptions);
const refusalOf = (model: string): ApiError => {
  try {
    behaviourOfModel(model, defaults);
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error(`${model} was taken`);
};

describe('the model of a request', () => {
  it.each(['mock', 'gpt-4o', 'openai/any:thing@1', ''])('changes nothing without knobs: "%s"', (model) => {
    expect(behaviourOfModel(model, defaults)).toBe(defaults);
  });

  it.each([
    ['mock;latency=250ms', { latencyMs: 250 }],
    ['mock;sigma=0.5', { latencySigma: 0.5 }],
    ['mock;latency-sigma=0.5', { latencySigma: 0.5 }],
    ['mock;ttft=1s', { ttftMs: 1000 }],
    ['mock;gap=5ms', { gapMs: 5 }],
    ['mock;tokens=32', { tokens: 32 }],
    ['mock;error-rate=5%', { errorRate: 0.05 }],
    ['mock;error-status=503', { errorStatus: 503 }],
    ['mock;status=429', { errorRate: 1, errorStatus: 429 }],
    ['mock;status=200', { errorRate: 0 }],
    ['mock;latency=250ms;tokens=32;status=429', { latencyMs: 250, tokens: 32, errorRate: 1, errorStatus: 429 }],
    ['gpt-4o; latency = 0ms ; tokens = 1', { latencyMs: 0, tokens: 1 }],
  ])('%s changes what it says and leaves the rest', (model, change) => {
    expect(behaviourOfModel(model, { ...defaults, errorRate: 0.5 })).toEqual({
      ...defaults,
      errorRate: 0.5,
      ...change,
    });
  });

  it.each([
    ['mock;', '"" must be knob=value'],
    ['mock;latency', '"latency" must be knob=value'],
    ['mock;latency=', 'latency must be a duration such as 250ms, 1.5s, 5m or 1h, not ""'],
    ['mock;latency=5ms=6ms', '"latency=5ms=6ms" must be knob=value'],
    ['mock;latancy=5ms', '"latancy" is no knob (did you mean "latency"?)'],
    ['mock;constructor=1', '"constructor" is no knob (allowed: latency, sigma, latency-sigma, ttft,'],
    ['mock;port=80', '"port" is no knob'],
    ['mock;latency=5', 'latency must be a duration such as 250ms, 1.5s, 5m or 1h, not "5"'],
    ['mock;status=302', 'status must be 200 or an HTTP status of an error (400 to 599), not "302"'],
    ['mock;tokens=0', 'tokens must be a number of tokens (a whole number, 1 to 32768), not "0"'],
    ['mock;tokens=1;tokens=2', '"tokens" is given more than once'],
    ['mock;status=500;error-rate=5%', '"status" and "error-rate" contradict each other'],
  ])('%s is refused in words', (model, words) => {
    const { status, param, code, message } = refusalOf(model);

    expect({ status, param, code }).toEqual({ status: 400, param: 'model', code: 'invalid_model_override' });
    expect(message).toContain(words);
  });

  it('has all its faults named at once', () => {
    const { message } = refusalOf('mock;latancy=5;tokens=x;status=1');

    for (const fault of ['"latancy" is no knob', 'tokens must be', 'status must be']) expect(message).toContain(fault);
  });
});
