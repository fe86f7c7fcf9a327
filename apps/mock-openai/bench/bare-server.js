'use strict';
// The ceiling: node:http that reads a request to its end and answers with the same bytes every time. No parsing, no statistics.
const { createServer } = require('node:http');

const answer = process.env.BENCH_ANSWER;
const headers = ['Content-Type', 'application/json', 'Content-Length', String(Buffer.byteLength(answer))];

createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(200, headers);
    response.end(answer);
  });
}).listen(Number(process.env.BENCH_PORT), '127.0.0.1');
