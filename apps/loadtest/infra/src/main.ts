import { synthesizeLab } from '@loadlab/foundation/stack';
import { LoadtestStack } from './stack';

synthesizeLab((app, environment) => LoadtestStack.isWanted(environment) && new LoadtestStack(app, environment));
