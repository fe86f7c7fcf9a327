import { synthesizeLab } from '@loadlab/foundation/stack';
import { ProxyServiceStack } from './stack';

synthesizeLab((app, environment) => new ProxyServiceStack(app, environment));
