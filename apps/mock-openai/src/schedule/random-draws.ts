import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Seeded chance. The same seed and stream give the same draws on every machine. */
export class RandomDraws {
  private readonly generator;

  /** Draws of different streams are independent: one stream for each purpose of each worker, so that none disturbs another. */
  constructor(seed: number, stream: number) {
    this.generator = xoroshiro128plus(seed);
    // A jump is 2^64 draws long. The first one also mixes the seed's few bits into the whole state.
    for (let jump = 0; jump <= stream; jump++) this.generator.jump();
  }

  /** From 0 (included) to 1 (excluded). */
  uniform(): number {
    return uniformFloat64(this.generator);
  }

  /** True with that probability. */
  happens(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** Log-normal with that median; `sigma` is the standard deviation of the logarithm (0.5: p95 is 2.3 medians). */
  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.standardNormal());
  }

  /** Box and Muller 1958, one of the pair: two draws for every value, so that the stream stays in step. */
  private standardNormal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }
}
