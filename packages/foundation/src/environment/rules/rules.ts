import { configFile } from './config-file';
import { engineVersion, instanceClass, productionDatabase, storedModels } from './database';
import { allowedRanges, certificateRegion, generatorsEntry, publicEntry } from './entry';
import { digestInProduction, images } from './images';
import { environmentName, nameLength, regions, tags } from './names';
import { existingSubnets, singleNatInProduction, subnetRanges, vpcRange, withoutNat } from './network';
import type { Rule } from './rule';
import { httpAddress, localDirectory, localInProduction } from './state';
import { autoscaling, oneTaskInProduction, taskSizes, workers } from './task-sizes';
import { reservedVariables, secretsInClear, variablesGivenTwice } from './variables';

/** Every rule, in the order of the file's sections. */
export const rules: readonly Rule[] = [
  environmentName,
  nameLength,
  regions,
  tags,
  localDirectory,
  localInProduction,
  httpAddress,
  vpcRange,
  subnetRanges,
  withoutNat,
  singleNatInProduction,
  existingSubnets,
  engineVersion,
  instanceClass,
  storedModels,
  productionDatabase,
  images,
  digestInProduction,
  taskSizes,
  workers,
  autoscaling,
  oneTaskInProduction,
  configFile,
  publicEntry,
  allowedRanges,
  certificateRegion,
  generatorsEntry,
  reservedVariables,
  variablesGivenTwice,
  secretsInClear,
];
