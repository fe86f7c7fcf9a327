import { join } from 'node:path';
import {
  Server,
  ServerCredentials,
  status,
  type handleUnaryCall,
  type MethodDefinition,
  type ServiceDefinition,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import type * as message from './messages';

/** One connection of Terraform's, which is one provider configuration: an alias, or a stack deployed beside others. */
export interface Peer {
  /** Address and port of the other end; unique while the connection lives. */
  readonly address: string;
  /** Fires when Terraform gave up waiting or died: nobody will read the answer. */
  readonly gone: AbortSignal;
}

type Handler<Request, Response> = (request: Request, peer: Peer) => Promise<Response> | Response;
type NoFields = Readonly<Record<string, never>>;

/** What a provider answers to each call of the protocol. A rejected promise is a defect and ends as a gRPC error. */
export interface PluginHandlers {
  GetSchema: Handler<NoFields, message.GetSchemaResponse>;
  GetFunctions: Handler<NoFields, message.DiagnosticsResponse>;
  PrepareProviderConfig: Handler<message.PrepareProviderConfigRequest, message.PrepareProviderConfigResponse>;
  Configure: Handler<message.ConfigureRequest, message.DiagnosticsResponse>;
  ValidateResourceTypeConfig: Handler<message.ValidateRequest, message.DiagnosticsResponse>;
  ValidateDataSourceConfig: Handler<message.ValidateRequest, message.DiagnosticsResponse>;
  ValidateEphemeralResourceConfig: Handler<message.ValidateRequest, message.DiagnosticsResponse>;
  UpgradeResourceState: Handler<message.UpgradeResourceStateRequest, message.UpgradeResourceStateResponse>;
  ReadResource: Handler<message.ReadResourceRequest, message.ReadResourceResponse>;
  PlanResourceChange: Handler<message.PlanResourceChangeRequest, message.PlanResourceChangeResponse>;
  ApplyResourceChange: Handler<message.ApplyResourceChangeRequest, message.ApplyResourceChangeResponse>;
  ImportResourceState: Handler<message.ImportResourceStateRequest, message.ImportResourceStateResponse>;
  ReadDataSource: Handler<message.ReadDataSourceRequest, message.ReadDataSourceResponse>;
  OpenEphemeralResource: Handler<message.OpenEphemeralResourceRequest, message.OpenEphemeralResourceResponse>;
  RenewEphemeralResource: Handler<message.EphemeralResourceRequest, message.DiagnosticsResponse>;
  CloseEphemeralResource: Handler<message.EphemeralResourceRequest, message.DiagnosticsResponse>;
  Stop: Handler<NoFields, { readonly Error: string }>;
}

/** A provider that Terraform can attach to. */
export interface PluginServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** A plan of a large stack passes gRPC's default of 4 MiB; Terraform itself receives up to 64 MiB. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

/** Serves the plugin protocol on a free port of 127.0.0.1. `onDefect` is told of every rejected handler. */
export async function startPluginServer(
  handlers: PluginHandlers,
  onDefect: (call: string, error: unknown) => void,
): Promise<PluginServer> {
  const server = new Server({
    'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
    'grpc.max_send_message_length': MAX_MESSAGE_BYTES,
  });
  const service = providerService();
  const implementation: Record<string, handleUnaryCall<unknown, unknown>> = {};
  for (const name of Object.keys(service)) implementation[name] = serve(name, handlers, onDefect);
  server.addService(service, implementation);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return {
    port,
    // Terraform's connections outlive its calls, so waiting for them politely would take for ever.
    stop: () => {
      server.forceShutdown();
      return Promise.resolve();
    },
  };
}

function serve(
  name: string,
  handlers: PluginHandlers,
  onDefect: (call: string, error: unknown) => void,
): handleUnaryCall<unknown, unknown> {
  // The names in the .proto are the keys of PluginHandlers; each message has the type that the handler declares.
  const handler = handlers[name as keyof PluginHandlers] as Handler<unknown, unknown>;
  return (call, callback) => {
    const gone = new AbortController();
    call.on('cancelled', () => gone.abort());
    // A handler may throw as well as reject.
    const answer = new Promise((resolve) => {
      resolve(handler(call.request, { address: call.getPeer(), gone: gone.signal }));
    });
    answer.then(
      (response) => callback(null, response),
      (error: unknown) => {
        onDefect(name, error);
        callback({ code: status.INTERNAL, message: error instanceof Error ? error.message : String(error) });
      },
    );
  };
}

function providerService(): ServiceDefinition {
  const definition = loadSync(join(__dirname, 'tfplugin5.proto'), {
    keepCase: true,
    longs: Number,
    enums: String,
    defaults: true,
    oneofs: true,
  });
  const service = definition['tfplugin5.Provider'] as ServiceDefinition;
  const methods: Record<string, MethodDefinition<unknown, unknown>> = {};
  for (const [name, method] of Object.entries(service)) methods[name] = method;
  return methods;
}
