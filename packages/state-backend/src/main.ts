import { chooseEnvironment, loadEnvironment } from '@loadlab/foundation';
import { labApp } from '@loadlab/foundation/stack';
import { StateBackendStack } from './stack';

const app = labApp();
const environment = loadEnvironment(chooseEnvironment({ purpose: 'synth' }));
if (StateBackendStack.isWanted(environment)) new StateBackendStack(app, environment);
app.synth();
