import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseFaults, withOfflineAws, type OfflineAws } from '@loadlab/rehearsal';
import type { PlanCase } from './plan-case';

/** A plan as `terraform show -json` has it, without what differs from run to run. */
export interface MadePlan {
  readonly plan: unknown;
  /** Terraform's own summary: `Plan: 1 to add, 0 to change, 1 to destroy.` */
  readonly summary: string;
}

const PROVIDER = `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  region = "us-east-1"
}
`;

/** Makes plans with the installed Terraform against an offline AWS. */
export async function makePlans(
  cases: readonly PlanCase[],
  onPlan: (made: PlanCase, plan: MadePlan) => void,
): Promise<void> {
  for (const made of cases) {
    const folder = mkdtempSync(path.join(tmpdir(), 'loadlab-plan-'));
    try {
      const plan = await withOfflineAws(
        { accountFile: path.join(folder, 'account.json'), workingFolders: [folder] },
        (aws) => makePlan(made, folder, aws),
      );
      onPlan(made, plan);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

async function makePlan(made: PlanCase, folder: string, aws: OfflineAws): Promise<MadePlan> {
  const terraform = async (...args: readonly string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await aws.terraform(folder, ...args);
    if (exitCode !== 0) throw new Error(`${made.name}: terraform ${args.join(' ')}: ${exitCode}\n${stdout}${stderr}`);
    return stdout;
  };
  for (const [name, text] of Object.entries(made.files ?? {})) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  const usesAws = /\baws_/.test(`${made.before ?? ''}${made.after}`);
  const write = (text: string): void => {
    writeFileSync(path.join(folder, 'main.tf'), usesAws ? `${PROVIDER}${text}` : text);
  };
  if (made.before !== undefined) {
    write(made.before);
    await terraform('init');
    await terraform('apply', '-auto-approve');
  }
  write(made.after);
  if (made.faults !== undefined) {
    await aws.setFaults(parseFaults([...made.faults]));
    // It is meant to fail: the plan shall show what it left behind.
    await aws.terraform(folder, 'init');
    await aws.terraform(folder, 'apply', '-auto-approve');
    await aws.setFaults([]);
  }
  for (const command of made.between ?? []) await terraform(...command);
  const account = path.join(folder, 'account.json');
  for (const [from, to] of made.meddle ?? []) {
    const text = readFileSync(account, 'utf8');
    const altered = text.replace(from, to);
    if (altered === text) throw new Error(`${made.name}: ${String(from)} is not in the account:\n${text}`);
    writeFileSync(account, altered);
  }
  await terraform('init');
  const said = await terraform('plan', '-out', 'plan.bin', ...(made.arguments ?? []));
  const json = await terraform('show', '-json', 'plan.bin');
  return { plan: JSON.parse(withoutChance(JSON.stringify(inOneOrder(JSON.parse(json))))), summary: summaryIn(said) };
}

/** What Terraform lists in any order: what a plan looked at, and modules below a module. */
const UNORDERED = ['relevant_attributes', 'child_modules'];

function inOneOrder(value: unknown, name = ''): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value))
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, inOneOrder(member, key)]));
  const members = value.map((member) => inOneOrder(member));
  const text = (member: unknown): string => JSON.stringify(member);
  return UNORDERED.includes(name) ? members.sort((left, right) => (text(left) < text(right) ? -1 : 1)) : members;
}

/** When the committed plans say that they were made. */
const MADE = '2031-01-01T12:00:00Z';
const DAY = 24 * 60 * 60 * 1000;

/** Ids and times that differ from run to run become the same ones each time, in the order in which they appear. */
function withoutChance(json: string): string {
  const known = new Map<string, string>();
  const steady = (found: string, make: (number: string) => string): string => {
    const replacement = known.get(found) ?? make(String(known.size + 1));
    known.set(found, replacement);
    return replacement;
  };
  return (
    json
      .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (found) =>
        steady(found, (number) => `00000000-0000-4000-8000-${number.padStart(12, '0')}`),
      )
      .replace(/\b([a-z]+)-[0-9a-f]{17}\b/g, (found, kind: string) =>
        steady(found, (number) => `${kind}-${number.padStart(17, '0')}`),
      )
      .replace(/\bAROA[0-9A-F]{17}\b/g, (found) => steady(found, (number) => `AROA${number.padStart(17, '0')}`))
      .replace(/\bdb-[0-9A-F]{26}\b/g, (found) => steady(found, (number) => `db-${number.padStart(26, '0')}`))
      .replace(/\bterraform-\d{26}\b/g, (found) => steady(found, (number) => `terraform-${number.padStart(26, '0')}`))
      .replace(/\b[0-9a-f]{12}(?=\.[a-z0-9-]+\.rds\.amazonaws\.com)/g, (found) =>
        steady(found, (number) => number.padStart(12, '0')),
      )
      // Of an owner of buckets.
      .replace(/(?<="id":\s?")[0-9a-f]{64}(?=")/g, (found) => steady(found, (number) => number.padStart(64, '0')))
      .replace(/"(deposed|deposed_key)":"[0-9a-f]{8}"/g, '"$1":"00000001"')
      .replace(/\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, (found) =>
        // What a configuration says of far-off days stays.
        Math.abs(Date.parse(found) - Date.now()) < DAY ? MADE : found,
      )
  );
}

function summaryIn(said: string): string {
  const line = /^(?:Plan: .*|No changes\..*)$/m.exec(said)?.[0];
  return line ?? (said.includes('Changes to Outputs') ? 'Changes to Outputs' : '');
}
