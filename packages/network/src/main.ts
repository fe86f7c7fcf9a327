import { synthesizeLab } from '@loadlab/foundation/stack';
import { NetworkStack } from './stack';

synthesizeLab((app, environment) => new NetworkStack(app, environment));
