/** The parts of jstat that are used here; the package has no types of its own. */
declare module 'jstat' {
  const jstat: {
    readonly beta: {
      inv(p: number, alpha: number, beta: number): number;
      cdf(x: number, alpha: number, beta: number): number;
    };
    readonly normal: { inv(p: number, mean: number, deviation: number): number };
  };
  export default jstat;
}
