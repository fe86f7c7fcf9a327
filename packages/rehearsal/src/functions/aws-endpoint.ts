import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { AwsError } from '../resources/aws-error';
import { roleOf } from './local-function-runner';

/** One call of AWS's API. */
export interface ApiCall {
  /** `ecs:RunTask`, as IAM writes it. */
  readonly action: string;
  /** ARN of the role that calls. */
  readonly roleArn: string;
  readonly region: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What answers a call. @throws {AwsError} */
export type ApiHandler = (call: ApiCall) => Promise<ApiAnswer>;

/** Body and headers of an answer; a string goes out as it is, anything else as JSON. */
export interface ApiAnswer {
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What stands for AWS's API on this machine, for the functions that run here. */
export interface AwsEndpoint {
  /** `127.0.0.1:port` */
  readonly address: string;
  close(): Promise<void>;
}

/** The names in `X-Amz-Target` of services that speak JSON 1.1, and what IAM calls them. */
const targets: Readonly<Record<string, string>> = {
  AmazonEC2ContainerServiceV20141113: 'ecs',
  Logs_20140328: 'logs',
  secretsmanager: 'secretsmanager',
};
const CREDENTIAL = /Credential=([^/]+)\/\d+\/([^/]+)\//;
const INVOKE = /^\/2015-03-31\/functions\/([^/]+)\/invocations/;

/** Serves the calls that functions make. Whatever is no call of AWS is taken for a task that is assumed to be well. */
export async function startAwsEndpoint(handler: ApiHandler): Promise<AwsEndpoint> {
  const server: Server = createServer((request, response) => {
    const finish = (status: number, { body, headers = {} }: ApiAnswer): void => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', ...headers }).end(text);
    };
    answer(request, handler).then(
      (found) => finish(200, found),
      (error: unknown) => {
        const code = error instanceof AwsError ? error.code : 'InternalFailure';
        const status = error instanceof AwsError ? error.status : 500;
        const message = error instanceof Error ? error.message : String(error);
        finish(status, { body: { __type: code, message }, headers: { 'x-amzn-errortype': code } });
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, handler: ApiHandler): Promise<ApiAnswer> {
  const text = await bodyOf(request);
  const [, accessKey, region] = CREDENTIAL.exec(request.headers.authorization ?? '') ?? [];
  if (accessKey === undefined || region === undefined)
    return { body: { status: 'healthy', assumed: 'no container runs here: local Fargate is off' } };
  const roleArn = roleOf(accessKey);
  if (roleArn === undefined)
    throw new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.', 403);

  const invoked = INVOKE.exec(request.url ?? '')?.[1];
  if (invoked !== undefined)
    return handler({
      action: 'lambda:InvokeFunction',
      roleArn,
      region,
      input: { FunctionName: decodeURIComponent(invoked), Payload: text === '' ? '{}' : text },
    });
  const [service = '', operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
  const name = targets[service];
  if (name === undefined)
    throw new AwsError(
      'UnknownOperationException',
      `${request.method ?? ''} ${request.url ?? ''} is not a call that is known here`,
      404,
    );
  const input = z.record(z.string(), z.unknown()).parse(text === '' ? {} : JSON.parse(text));
  return handler({ action: `${name}:${operation}`, roleArn, region, input });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString('utf8');
}
