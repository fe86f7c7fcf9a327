import { jsonCheck } from '../../src/engine/answer/check-json';
import { Exchange, type ExchangeListener } from '../../src/engine/exchange';
import { compileRequests } from '../../src/engine/request/request-catalogue';
import { ConnectBackOff } from '../../src/engine/transport/connect-back-off';
import { ConnectGate } from '../../src/engine/transport/connect-gate';
import { endpointOf } from '../../src/engine/transport/endpoint';
import { NameLookup } from '../../src/engine/transport/name-lookup';
import { scenario } from './scenario';

/** A maker of exchanges that are never started, for tests of what decides when they would be. */
export function idleExchanges(): (slot: number) => Exchange {
  const endpoint = endpointOf('http://127.0.0.1:1', '/v1/chat/completions');
  const context = {
    endpoint,
    requests: compileRequests(scenario(), { endpoint }),
    expectation: { streaming: false, checkJson: jsonCheck('chat') },
    gate: new ConnectGate(1),
    backOff: new ConnectBackOff(),
    names: new NameLookup(() => 0),
    clock: () => 0,
  };
  const nobody: ExchangeListener = { answered: () => undefined, broke: () => undefined };
  return (slot) => new Exchange(context, nobody, slot);
}
