/** The driver of an engine did not answer, or is gone. It says nothing about the page. */
export class DriverFault extends Error {}

/** For `catch`: throws a DriverFault on and leaves every other error aside. */
export function passFault(error) {
  if (error instanceof DriverFault) throw error;
}
