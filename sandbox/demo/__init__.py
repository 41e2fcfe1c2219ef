"""Demo data: a city with organisations, people, calls and offers in every state.

Every maker looks first for what it would make, by a stable code, and leaves what it finds as it is: running
the demo again adds what is missing and changes nothing that people have typed.
"""
