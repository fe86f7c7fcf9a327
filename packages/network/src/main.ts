import { chooseEnvironment, loadEnvironment } from '@loadlab/foundation';
import { labApp } from '@loadlab/foundation/stack';
import { NetworkStack } from './stack';

const app = labApp();
new NetworkStack(app, loadEnvironment(chooseEnvironment({ purpose: 'synth' })));
app.synth();
