import type { Scenario } from '../../scenario/scenario';
import type { Api } from '../api';

/** Who asks, as far as the target is concerned. */
const USER = 'loadlab';

/** The JSON of a request. The prompt comes last, so that everything before it is short. */
export function requestBody(api: Api, request: Scenario['request'], prompt: string): string {
  const { model, maxTokens, stream } = request;
  const limit =
    maxTokens === undefined ? {} : { [api === 'responses' ? 'max_output_tokens' : 'max_tokens']: maxTokens };
  const message = { messages: [{ role: 'user', content: prompt }] };
  switch (api) {
    case 'embeddings':
      return JSON.stringify({ model, user: USER, input: prompt });
    case 'responses':
      return JSON.stringify({ model, user: USER, ...limit, ...(stream ? { stream } : {}), input: prompt });
    case 'completions':
      return JSON.stringify({ model, user: USER, ...limit, ...streaming(stream), prompt });
    case 'messages':
      return JSON.stringify({ model, ...limit, ...(stream ? { stream } : {}), ...message });
    case 'chat':
    case 'other':
      return JSON.stringify({ model, user: USER, ...limit, ...streaming(stream), ...message });
  }
}

/** Without `include_usage` a stream does not say how many tokens it was. */
function streaming(stream: boolean): object {
  return stream ? { stream, stream_options: { include_usage: true } } : {};
}
