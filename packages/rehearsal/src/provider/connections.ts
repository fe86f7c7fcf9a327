import type { Peer } from '../protocol/plugin-server';
import type { ProviderConfiguration } from './configuration';

/** Terraform's connections: each is one provider configuration, told apart by its peer. */
export class Connections {
  private readonly configurations = new Map<string, ProviderConfiguration>();
  private readonly stops = new Map<string, AbortController>();

  configure(peer: Peer, configuration: ProviderConfiguration): void {
    this.configurations.set(peer.address, configuration);
  }

  configurationOf(peer: Peer): ProviderConfiguration {
    const configuration = this.configurations.get(peer.address);
    if (configuration === undefined) throw new Error('Terraform called the provider before it configured it');
    return configuration;
  }

  /** Fires when nobody waits for an answer any more: Terraform died, or was interrupted and said so. */
  gone(peer: Peer): AbortSignal {
    return AbortSignal.any([peer.gone, this.stopOf(peer).signal]);
  }

  /** Terraform was interrupted: what takes long shall end soon. */
  stop(peer: Peer): void {
    this.stopOf(peer).abort();
  }

  private stopOf(peer: Peer): AbortController {
    const known = this.stops.get(peer.address) ?? new AbortController();
    this.stops.set(peer.address, known);
    return known;
  }
}
