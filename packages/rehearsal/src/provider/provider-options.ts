import { z } from 'zod';
import { faultKinds, operations, type FaultKind } from '../faults/fault';

const faults = z.array(
  z.strictObject({
    target: z.string(),
    operation: z.enum(operations),
    kind: z.enum(Object.keys(faultKinds) as [FaultKind, ...FaultKind[]]),
    occurrence: z.number().int().min(1).exactOptional(),
  }),
);

/** Other faults, in place of those from the start. */
export const newFaultsSchema = z.strictObject({ kind: z.literal('faults'), faults });
/** See {@link newFaultsSchema}. */
export type NewFaults = z.output<typeof newFaultsSchema>;

/** What a provider process is told when it starts. */
export const providerOptionsSchema = z.strictObject({
  /** Absolute path of the account's file; it need not exist yet. */
  accountFile: z.string(),
  /** Of a new account. */
  accountId: z.string().optional(),
  /** Region for configurations that name none. */
  region: z.string().optional(),
  /** Folders below which Terraform runs: against them relative file names are resolved. */
  workingFolders: z.array(z.string()),
  /** Who runs containers: nobody (`assumed`), or the process that started the provider (`parent`). */
  containers: z.enum(['assumed', 'parent']),
  /** What shall go wrong. */
  faults,
  /** 0: AWS answers at once; 1: it takes as long as in reality. */
  pace: z.number().min(0),
});

/** See {@link providerOptionsSchema}. */
export type ProviderOptions = z.output<typeof providerOptionsSchema>;
