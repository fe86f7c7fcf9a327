export { formatConfigSource, parseConfigSource, type ConfigSource } from './config-source';
export { awsConfigStore, type AwsAccess, type ConfigStore } from './config-store';
export { pullConfig, writeConfig, type PullConfigOptions, type PulledConfig } from './pull-config';
