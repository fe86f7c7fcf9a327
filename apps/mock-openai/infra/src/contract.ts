import { defineContract } from '@loadlab/foundation';
import { z } from 'zod';

/** What others may read of the mock upstream. Absent, with its stack, where the environment says `mockOpenai: none`. */
export const mockOpenAiContract = defineContract(
  'mock-openai',
  z.object({
    url: z.url().describe('Origin inside the VPC, without a slash at the end'),
    securityGroupId: z.string().startsWith('sg-').describe('Group of its tasks: whoever needs access adds a rule'),
    port: z.number().int().describe('TCP port of its tasks'),
  }),
);
