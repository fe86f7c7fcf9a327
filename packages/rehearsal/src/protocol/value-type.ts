/** A type constraint in the JSON notation of the protocol: `"string"`, `["set","string"]`, `["object",{"name":"string"}]`. */
export type ValueType =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list' | 'set' | 'map', ValueType]
  | readonly ['object', Readonly<Record<string, ValueType>>];
