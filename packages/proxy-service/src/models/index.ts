export { gatewayAdmin, type GatewayAdmin, type KnownDeployment } from './gateway-admin';
export { readModels, type ModelsFile } from './read-models';
export { registerModels, type Clock, type RegisterModelsOptions, type Registration } from './register-models';
