import { z } from 'zod';
/** What a provider process is told when it starts. */
export declare const providerOptionsSchema: z.ZodObject<
  {
    accountFile: z.ZodString;
    accountId: z.ZodOptional<z.ZodString>;
    region: z.ZodOptional<z.ZodString>;
    workingFolders: z.ZodArray<z.ZodString>;
    containers: z.ZodEnum<{
      parent: 'parent';
      assumed: 'assumed';
    }>;
    faults: z.ZodArray<
      z.ZodObject<
        {
          target: z.ZodString;
          operation: z.ZodEnum<{
            create: 'create';
            read: 'read';
            update: 'update';
            delete: 'delete';
          }>;
          kind: z.ZodEnum<{
            fail: 'fail';
            late: 'late';
            throttle: 'throttle';
            hang: 'hang';
            expire: 'expire';
            crash: 'crash';
            kill: 'kill';
          }>;
          occurrence: z.ZodExactOptional<z.ZodNumber>;
        },
        z.core.$strict
      >
    >;
    pace: z.ZodNumber;
  },
  z.core.$strict
>;
/** See {@link providerOptionsSchema}. */
export type ProviderOptions = z.output<typeof providerOptionsSchema>;
