'use strict';
// Answers every POST with the same chat completion as fast as node:http can, with LiteLLM's headers, and counts.
const http = require('node:http');

const completion = JSON.stringify({
  id: 'chatcmpl-bench',
  object: 'chat.completion',
  created: 1767225600,
  model: 'mock',
  choices: [
    { index: 0, message: { role: 'assistant', content: 'All work and no play. '.repeat(12) }, finish_reason: 'stop' },
  ],
  usage: { prompt_tokens: 3300, completion_tokens: 60, total_tokens: 3360 },
});
const headers = {
  'content-type': 'application/json',
  'content-length': Buffer.byteLength(completion),
  'x-litellm-version': '1.0.0',
  'x-litellm-overhead-duration-ms': '1.25',
  'x-litellm-response-duration-ms': '101.5',
};

let answered = 0;
const server = http.createServer((request, response) => {
  if (request.method === 'GET') {
    response.end(String(answered));
    return;
  }
  request.resume();
  request.on('end', () => {
    answered += 1;
    response.writeHead(200, headers);
    response.end(completion);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
