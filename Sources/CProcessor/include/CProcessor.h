// Refuses to start a program that was built for a better processor than the one it is on.
#pragma once
void sonde_check_processor(void);
