/** A file as text, as inline-text.mjs reads it; of a script, what a browser runs. */
declare module '*?text' {
  export const text: string;
}
