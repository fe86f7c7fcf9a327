/** A config.yaml as rules see it: whatever its state, its parts can be asked for without a crash. */
export interface ConfigView {
  /** The whole file, `{}` where it is no map. */
  readonly root: Readonly<Record<string, unknown>>;
  /** A section, `{}` where it is missing or no map. */
  section(name: string): Readonly<Record<string, unknown>>;
  /** Entries of `model_list` that are maps, with their index. */
  readonly deployments: readonly DeploymentView[];
  /** Every value that is neither map nor list, in the file's order. */
  readonly scalars: readonly Scalar[];
}

/** An entry of `model_list`. */
export interface DeploymentView {
  readonly index: number;
  readonly entry: Readonly<Record<string, unknown>>;
  /** `{}` where they are missing or no map. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly info: Readonly<Record<string, unknown>>;
}

/** A value and where it stands. */
export interface Scalar {
  readonly path: readonly (string | number)[];
  readonly value: string | number | boolean;
}

/** The view of a parsed config.yaml, or of anything else that a user gave for one. */
export function viewOf(value: unknown): ConfigView {
  const root = mapOf(value);
  const list = Array.isArray(root.model_list) ? (root.model_list as unknown[]) : [];
  return {
    root,
    section: (name) => mapOf(root[name]),
    deployments: list.flatMap((entry, index) =>
      isMap(entry) ? [{ index, entry, params: mapOf(entry.litellm_params), info: mapOf(entry.model_info) }] : [],
    ),
    scalars: scalarsIn(root, []),
  };
}

/** True for what YAML calls a map. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return isMap(value) ? value : {};
}

function scalarsIn(value: unknown, path: readonly (string | number)[]): Scalar[] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => scalarsIn(item, [...path, index]));
  if (isMap(value)) return Object.entries(value).flatMap(([key, item]) => scalarsIn(item, [...path, key]));
  return [];
}
