import { chooseEnvironment, loadEnvironment } from '@loadlab/foundation';
import { labApp } from '@loadlab/foundation/stack';
import { DatabaseStack } from './stack';

const app = labApp();
const environment = loadEnvironment(chooseEnvironment({ purpose: 'synth' }));
if (DatabaseStack.isWanted(environment)) new DatabaseStack(app, environment);
app.synth();
