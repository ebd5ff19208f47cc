/** Modules that a finding about many of them names in its place. */
export const modulesNamed = 20;
