import { createHash } from 'node:crypto';
import type { Known, KnownValues } from '../../protocol/value';
import { AwsError } from '../aws-error';
import type { Attributes } from '../../protocol/attributes';
import type { DataSource } from './data-source';

type Statement = Record<string, Known>;

/** A policy written in HCL, as the JSON that the real provider makes of it: same order of keys, same folding of lists. */
export const policyDocument: DataSource = {
  type: 'aws_iam_policy_document',
  label: 'IAM Policy Document',
  read: ({ config }) => {
    const documents = [
      ...config.texts('source_policy_documents').map(parse),
      { Statement: config.blocks('statement').map(statementOf) },
      ...config.texts('override_policy_documents').map(parse),
    ];
    const policy: KnownValues = { Version: config.text('version') || '2012-10-17' };
    if (config.text('policy_id') !== '') policy.Id = config.text('policy_id');
    policy.Statement = merge(documents.map(({ Statement }) => Statement));
    const json = JSON.stringify(policy, null, 2);
    const id = String(parseInt(createHash('sha256').update(json).digest('hex').slice(0, 8), 16));
    return { id, json, minified_json: JSON.stringify(policy) };
  },
};

function statementOf(statement: Attributes): Statement {
  const conditions: Record<string, Record<string, Known>> = {};
  for (const condition of statement.blocks('condition')) {
    const test = (conditions[condition.text('test')] ??= {});
    test[condition.text('variable')] = folded(condition.texts('values'));
  }
  const entries: [string, Known | undefined][] = [
    ['Sid', statement.text('sid') || undefined],
    ['Effect', statement.text('effect') || 'Allow'],
    ['Action', unlessEmpty(statement.texts('actions'))],
    ['NotAction', unlessEmpty(statement.texts('not_actions'))],
    ['Resource', unlessEmpty(statement.texts('resources'))],
    ['NotResource', unlessEmpty(statement.texts('not_resources'))],
    ['Principal', principals(statement.blocks('principals'))],
    ['NotPrincipal', principals(statement.blocks('not_principals'))],
    ['Condition', Object.keys(conditions).length === 0 ? undefined : conditions],
  ];
  return Object.fromEntries(entries.filter((entry): entry is [string, Known] => entry[1] !== undefined));
}

function principals(blocks: readonly Attributes[]): Known | undefined {
  if (blocks.length === 0) return undefined;
  const byType: Record<string, string[]> = {};
  for (const block of blocks) (byType[block.text('type')] ??= []).push(...block.texts('identifiers'));
  if (byType['*']?.includes('*') === true) return '*';
  return Object.fromEntries(Object.entries(byType).map(([type, identifiers]) => [type, folded(identifiers)]));
}

/** One value stands alone, several stand sorted in a list. */
function folded(values: readonly string[]): Known {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : [...values].sort().reverse();
}

function unlessEmpty(values: readonly string[]): Known | undefined {
  return values.length === 0 ? undefined : folded(values);
}

/** A later statement replaces an earlier one of the same Sid. */
function merge(lists: readonly (readonly Statement[])[]): Statement[] {
  const merged: Statement[] = [];
  for (const statement of lists.flat()) {
    const twin = merged.findIndex((other) => statement.Sid !== undefined && other.Sid === statement.Sid);
    if (twin >= 0) merged[twin] = statement;
    else merged.push(statement);
  }
  return merged;
}

function parse(text: string): { Statement: Statement[] } {
  try {
    const { Statement } = JSON.parse(text) as { Statement: Statement | Statement[] };
    return { Statement: Array.isArray(Statement) ? Statement : [Statement] };
  } catch (error) {
    throw new AwsError('InvalidPolicy', `merging policy documents: ${(error as Error).message}`);
  }
}
