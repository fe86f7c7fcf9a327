import { defineContract } from '@loadlab/foundation';
import { z } from 'zod';

/** What others may read of the state's own stack. */
export const stateBackendContract = defineContract(
  'state-backend',
  z.object({ bucket: z.string().min(3).describe('The bucket that holds the states') }),
);
