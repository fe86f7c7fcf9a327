import type { DynamicValue } from './value-codec';

/*
 * Requests and responses of tfplugin5.proto, as they are in memory. Requests have every field (absent values are null,
 * absent bytes empty); responses may leave out what they do not need.
 */

/** One step into a value: an attribute, an element of a map or an element of a list. */
export type PathStep =
  { readonly attribute_name: string } | { readonly element_key_string: string } | { readonly element_key_int: number };
/** Where in a value. */
export interface AttributePath {
  readonly steps: readonly PathStep[];
}

/** An error or a warning that Terraform prints with its own frame. */
export interface Diagnostic {
  readonly severity: 'ERROR' | 'WARNING';
  readonly summary: string;
  readonly detail?: string;
  readonly attribute?: AttributePath;
}

/** A schema as the protocol carries it; `schemas/schema.ts` is what the rest of the package works with. */
export interface SchemaMessage {
  readonly version: number;
  readonly block: BlockMessage;
}
/** Attributes and nested blocks. */
export interface BlockMessage {
  readonly attributes: readonly AttributeMessage[];
  readonly block_types: readonly NestedBlockMessage[];
}
/** `type` is the type constraint as JSON. */
export interface AttributeMessage {
  readonly name: string;
  readonly type: Uint8Array;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly sensitive: boolean;
  readonly write_only: boolean;
}
/** A block inside a block. */
export interface NestedBlockMessage {
  readonly type_name: string;
  readonly block: BlockMessage;
  readonly nesting: 'SINGLE' | 'LIST' | 'SET' | 'MAP';
  readonly min_items: number;
  readonly max_items: number;
}

export interface GetSchemaResponse {
  readonly provider: SchemaMessage;
  readonly resource_schemas: Readonly<Record<string, SchemaMessage>>;
  readonly data_source_schemas: Readonly<Record<string, SchemaMessage>>;
  readonly ephemeral_resource_schemas: Readonly<Record<string, SchemaMessage>>;
  readonly server_capabilities: { readonly plan_destroy: boolean };
  readonly diagnostics: readonly Diagnostic[];
}
export interface DiagnosticsResponse {
  readonly diagnostics: readonly Diagnostic[];
}
export interface PrepareProviderConfigRequest {
  readonly config: DynamicValue | null;
}
export interface PrepareProviderConfigResponse extends DiagnosticsResponse {
  readonly prepared_config: DynamicValue | null;
}
export interface ConfigureRequest {
  readonly terraform_version: string;
  readonly config: DynamicValue | null;
}
export interface ValidateRequest {
  readonly type_name: string;
  readonly config: DynamicValue | null;
}
export interface UpgradeResourceStateRequest {
  readonly type_name: string;
  readonly version: number;
  readonly raw_state: { readonly json: Uint8Array } | null;
}
export interface UpgradeResourceStateResponse extends DiagnosticsResponse {
  readonly upgraded_state?: DynamicValue;
}
export interface ReadResourceRequest {
  readonly type_name: string;
  readonly current_state: DynamicValue | null;
  readonly private: Uint8Array;
}
export interface ReadResourceResponse extends DiagnosticsResponse {
  readonly new_state?: DynamicValue;
  readonly private?: Uint8Array;
}
export interface PlanResourceChangeRequest {
  readonly type_name: string;
  readonly prior_state: DynamicValue | null;
  readonly proposed_new_state: DynamicValue | null;
  readonly config: DynamicValue | null;
  readonly prior_private: Uint8Array;
}
export interface PlanResourceChangeResponse extends DiagnosticsResponse {
  readonly planned_state?: DynamicValue;
  readonly requires_replace?: readonly AttributePath[];
  readonly planned_private?: Uint8Array;
  readonly legacy_type_system?: boolean;
}
export interface ApplyResourceChangeRequest {
  readonly type_name: string;
  readonly prior_state: DynamicValue | null;
  readonly planned_state: DynamicValue | null;
  readonly config: DynamicValue | null;
  readonly planned_private: Uint8Array;
}
export interface ApplyResourceChangeResponse extends DiagnosticsResponse {
  readonly new_state?: DynamicValue;
  readonly private?: Uint8Array;
  readonly legacy_type_system?: boolean;
}
export interface ImportResourceStateRequest {
  readonly type_name: string;
  readonly id: string;
}
export interface ImportResourceStateResponse extends DiagnosticsResponse {
  readonly imported_resources: readonly { readonly type_name: string; readonly state: DynamicValue }[];
}
export interface ReadDataSourceRequest {
  readonly type_name: string;
  readonly config: DynamicValue | null;
}
export interface ReadDataSourceResponse extends DiagnosticsResponse {
  readonly state?: DynamicValue;
}
export interface OpenEphemeralResourceRequest {
  readonly type_name: string;
  readonly config: DynamicValue | null;
}
export interface OpenEphemeralResourceResponse extends DiagnosticsResponse {
  readonly result?: DynamicValue;
}
export interface EphemeralResourceRequest {
  readonly type_name: string;
  readonly private: Uint8Array;
}
