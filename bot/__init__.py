"""The roof: reads the environment, wires everything, takes updates in and paces what goes out."""
