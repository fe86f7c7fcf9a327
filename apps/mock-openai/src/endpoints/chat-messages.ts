import { type ApiError, invalidRequest } from '../answers/api-error';
import { emptyArray, invalidType, invalidValue, isObject, missing } from './fields';

const roles: readonly string[] = ['system', 'assistant', 'user', 'function', 'tool', 'developer'];
const partTypes: readonly string[] = ['text', 'image_url', 'input_audio', 'refusal', 'file'];

/**
 * Holds `messages` against the API's rules.
 * @returns the characters of text in them
 * @throws {ApiError} 400 for the first fault
 */
export function messagesLength(messages: unknown): number {
  if (!Array.isArray(messages)) throw invalidType('messages', 'an array of objects', messages);
  if (messages.length === 0) throw emptyArray('messages');
  let length = 0;
  for (let index = 0; index < messages.length; index++) length += messageLength(messages[index], index);
  return length;
}

function messageLength(message: unknown, index: number): number {
  if (!isObject(message)) throw invalidType(`messages[${index}]`, 'an object', message);
  const { role, content } = message;
  if (role === undefined || role === null) throw missing(`messages[${index}].role`);
  if (typeof role !== 'string') throw invalidType(`messages[${index}].role`, 'a string', role);
  if (!roles.includes(role)) throw invalidValue(`messages[${index}].role`, role, roles);
  if (typeof content === 'string') return content.length;
  if (content === undefined || content === null) {
    if (role === 'assistant' && isSilent(message)) return 0;
    throw noContent(index, content);
  }
  if (!Array.isArray(content)) {
    throw invalidType(`messages[${index}].content`, 'one of a string or array of objects', content);
  }
  if (content.length === 0) throw emptyArray(`messages[${index}].content`);
  return content.reduce<number>((sum, part, at) => sum + partLength(part, `messages[${index}].content[${at}]`), 0);
}

/** An assistant may say nothing when it calls a tool, refuses or speaks. */
function isSilent({ tool_calls, function_call, refusal, audio }: Readonly<Record<string, unknown>>): boolean {
  return [tool_calls, function_call, refusal, audio].some((value) => value !== undefined && value !== null);
}

function noContent(index: number, content: unknown): ApiError {
  const path = `messages[${index}].content`;
  if (content === undefined) return missing(path);
  return invalidRequest(`Invalid value for 'content': expected a string, got null.`, path, null);
}

function partLength(part: unknown, path: string): number {
  if (!isObject(part)) throw invalidType(path, 'an object', part);
  const { type, text } = part;
  if (type === undefined || type === null) throw missing(`${path}.type`);
  if (typeof type !== 'string') throw invalidType(`${path}.type`, 'a string', type);
  if (!partTypes.includes(type)) throw invalidValue(`${path}.type`, type, partTypes);
  if (type !== 'text') return 0;
  if (text === undefined) throw missing(`${path}.text`);
  if (typeof text !== 'string') throw invalidType(`${path}.text`, 'a string', text);
  return text.length;
}
