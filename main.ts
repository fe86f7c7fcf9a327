import { DatabaseStack } from '@loadlab/database';
import { synthesizeLab } from '@loadlab/foundation/stack';
import { LoadtestStack } from '@loadlab/loadtest-infra/stack';
import { MockOpenAiStack } from '@loadlab/mock-openai-infra/stack';
import { NetworkStack } from '@loadlab/network';
import { ProxyServiceStack } from '@loadlab/proxy-service/stack';

/** The whole lab as one app: `cdktf deploy '*'` goes in order, into the states that each package alone would use. */
synthesizeLab((app, environment) => {
  new NetworkStack(app, environment);
  if (DatabaseStack.isWanted(environment)) new DatabaseStack(app, environment);
  if (MockOpenAiStack.isWanted(environment)) new MockOpenAiStack(app, environment);
  new ProxyServiceStack(app, environment);
  if (LoadtestStack.isWanted(environment)) new LoadtestStack(app, environment);
});
