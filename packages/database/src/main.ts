import { synthesizeLab } from '@loadlab/foundation/stack';
import { DatabaseStack } from './stack';

synthesizeLab((app, environment) => DatabaseStack.isWanted(environment) && new DatabaseStack(app, environment));
