import type { Body } from '../answers/answer';
import { type ApiError, invalidRequest } from '../answers/api-error';

/** Refuses a value that OpenAI would refuse. `path` is the field as OpenAI names it: `messages[0].role`. @throws {ApiError} 400 */
export type Check = (value: unknown, path: string) => void;

/**
 * Holds the fields of a body against their checks. Fields without a check pass, as gateways add their own, and so does null,
 * which OpenAI takes for "not given".
 * @throws {ApiError} 400 for the first field at fault, as OpenAI does
 */
export function checkFields(body: Body, checks: ReadonlyMap<string, Check>): void {
  for (const name in body) {
    const value = body[name];
    if (value !== null) checks.get(name)?.(value, name);
  }
}

/** The model's name. @throws {ApiError} 400 when it is missing, empty or not a string */
export function modelOf(body: Body): string {
  const { model } = body;
  if (model === undefined || model === null || model === '')
    throw invalidRequest('you must provide a model parameter', null, null);
  if (typeof model !== 'string') throw invalidType('model', 'a string', model);
  return model;
}

/** An optional switch, already checked. */
export function isOn(value: unknown): boolean {
  return value === true;
}

/** True for JSON's objects: neither arrays nor null. */
export function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field that must be there is not. */
export function missing(path: string): ApiError {
  return invalidRequest(`Missing required parameter: '${path}'.`, path, 'missing_required_parameter');
}

/** `expected` with its article: `an array of objects`. */
export function invalidType(path: string, expected: string, value: unknown): ApiError {
  const message = `Invalid type for '${path}': expected ${expected}, but got ${typeName(value)} instead.`;
  return invalidRequest(message, path, 'invalid_type');
}

/** A word that is none of those that are supported. */
export function invalidValue(path: string, value: string, supported: readonly string[]): ApiError {
  const quoted = supported.map((name) => `'${name}'`);
  const list = quoted.length > 1 ? `${quoted.slice(0, -1).join(', ')}, and ${quoted.at(-1) ?? ''}` : quoted.join('');
  const message = `Invalid value: '${value.slice(0, 100)}'. Supported values are: ${list}.`;
  return invalidRequest(message, path, 'invalid_value');
}

/** An array that must hold something. */
export function emptyArray(path: string): ApiError {
  const message = `Invalid '${path}': empty array. Expected an array with minimum length 1, but got an empty array instead.`;
  return invalidRequest(message, path, 'empty_array');
}

/** An array that is too long for OpenAI. */
export function longArray(path: string, length: number, max: number): ApiError {
  const message = `Invalid '${path}': array too long. Expected an array with maximum length ${max}, but got an array with length ${length} instead.`;
  return invalidRequest(message, path, 'array_above_max_length');
}

export const boolean: Check = (value, path) => {
  if (typeof value !== 'boolean') throw invalidType(path, 'a boolean', value);
};

export const string: Check = (value, path) => {
  if (typeof value !== 'string') throw invalidType(path, 'a string', value);
};

export const object: Check = (value, path) => {
  if (!isObject(value)) throw invalidType(path, 'an object', value);
};

export const arrayOfObjects: Check = (value, path) => {
  if (!Array.isArray(value)) throw invalidType(path, 'an array of objects', value);
  value.forEach((item, index) => object(item, `${path}[${index}]`));
};

/** A whole number within bounds. */
export function integer(min: number, max = Infinity): Check {
  return (value, path) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) throw invalidType(path, 'an integer', value);
    checkRange('integer', value, path, min, max);
  };
}

/** Any number within bounds. */
export function decimal(min: number, max: number): Check {
  return (value, path) => {
    if (typeof value !== 'number') throw invalidType(path, 'a decimal', value);
    checkRange('decimal', value, path, min, max);
  };
}

/** One of a few words. */
export function oneOf(...supported: readonly string[]): Check {
  return (value, path) => {
    if (typeof value !== 'string') throw invalidType(path, `one of ${supported.join(', ')}`, value);
    if (!supported.includes(value)) throw invalidValue(path, value, supported);
  };
}

/** `stop`: a string, or at most four of them. */
export const stopSequences: Check = (value, path) => {
  if (typeof value === 'string') return;
  if (!Array.isArray(value)) throw invalidType(path, 'a string or an array of strings', value);
  if (value.length > 4) throw longArray(path, value.length, 4);
  value.forEach((item, index) => string(item, `${path}[${index}]`));
};

/** `stream_options`, and that it comes with `stream`. @returns whether the usage is to be streamed */
export function streamUsageOf(body: Body): boolean {
  const options = body.stream_options;
  if (options === undefined || options === null) return false;
  if (!isObject(options)) throw invalidType('stream_options', 'an object', options);
  if (!isOn(body.stream)) {
    const message = "The 'stream_options' parameter is only allowed when 'stream' is enabled.";
    throw invalidRequest(message, 'stream_options', null);
  }
  const usage = options.include_usage;
  if (usage !== undefined && usage !== null) boolean(usage, 'stream_options.include_usage');
  return isOn(usage);
}

function checkRange(kind: 'integer' | 'decimal', value: number, path: string, min: number, max: number): void {
  const below = value < min;
  if (!below && value <= max) return;
  const [side, sign, bound] = below ? ['below minimum', '>=', min] : ['above maximum', '<=', max];
  const message = `Invalid '${path}': ${kind} ${side} value. Expected a value ${sign} ${bound}, but got ${value} instead.`;
  throw invalidRequest(message, path, `${kind}_${below ? 'below_min' : 'above_max'}_value`);
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
