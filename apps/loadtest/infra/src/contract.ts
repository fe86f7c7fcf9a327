import { defineContract } from '@loadlab/foundation';
import { z } from 'zod';

const arn = z.string().startsWith('arn:');

/** What others may read of the load generators. Absent, with its stack, where the environment says `loadGenerator: none`. */
export const loadtestContract = defineContract(
  'loadtest',
  z.object({
    jobQueueArn: arn.describe('Where runs are submitted to'),
    jobDefinitionArn: arn.describe('One generator; with an array size, a fleet of them'),
    resultsBucket: z.string().min(3).describe('Records and pages, under runs/<job>/'),
    logGroupName: z.string().describe('What generators say'),
    securityGroupId: z.string().startsWith('sg-').describe('Group of the generators'),
  }),
);
