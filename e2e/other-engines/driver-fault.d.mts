/** The driver of an engine did not answer, or is gone. It says nothing about the page. */
export class DriverFault extends Error {}
