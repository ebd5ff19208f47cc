/** Data files that the bundler hands over as text. */
declare module '*.txt?raw' {
  const text: string;
  export default text;
}
