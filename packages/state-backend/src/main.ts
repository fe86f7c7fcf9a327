import { synthesizeLab } from '@loadlab/foundation/stack';
import { StateBackendStack } from './stack';

synthesizeLab((app, environment) => StateBackendStack.isWanted(environment) && new StateBackendStack(app, environment));
