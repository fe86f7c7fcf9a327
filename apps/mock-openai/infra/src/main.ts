import { synthesizeLab } from '@loadlab/foundation/stack';
import { MockOpenAiStack } from './stack';

synthesizeLab((app, environment) => MockOpenAiStack.isWanted(environment) && new MockOpenAiStack(app, environment));
