"""A small XLS file, since nothing that is kept up writes them any more."""

from __future__ import annotations

import zlib
from base64 import b85decode

_PACKED = (
    "c-rk)O=uHA6#izjNs}~9(qCzX5DHeU#YP0tLmRbdJ=j{?gCc^a-KB=68%ZNrMXlBz1<{k@rBD?wRWJUaqTU3RiXH?(X!YnxQ1H-p"
    "ee<%Zt)|dGEmZdl^Jd<gH*em~ynQp-H)F-)!*{DD@EaQ8z_jUsYnDt<@no4GsNXbYGh4f<m^PLbJZ{=ZmlKbQUKPkal>0pa1$Wfv"
    "M1fCK4&o?UlZGB%LTqOrVnX`RKvduwN&Ki}uS%G9F)d|!n>8OZ-O7>+OdCjdTpYkyw6%7#6~+6NYVPwx+P%+XKCom1%JD)*@tKPv"
    "qwB=BR6LgWPdeOrcVO{G<md>gK8%0@vspLvl;l0Q4i$*3kE{x*0o;HW(6svA-uiw*NOj{TWiCV_k#Uq!G>_oB83w*()7G=FEnix>"
    "0Lg#Ml^4t-chm0Xl6z>QbIHB5+qvY0^Vs*1rCjo04*6w;;%orsVa`57r1R97Ipvy?$BeX|>YKz#8Gc+SMmy56bUbO0Qpb^4N|$xq"
    "=+f!LY>Fik;l6mc>}!j4>nX~z?Yfap8kBU7Z=vx`iDaLyh2w@n%&xem>4s!{a68bFOs2wn658&Vp#w$qZurTG08g7q-@!TQyNJ`8"
    "kEljkvR%x{El8s#Z+(5+(%BY0#F7C%vgP|Guu48IOq`V?e5Yu<O212m0Y3Jj_*v6ALu=W>I;Q7%mX+MDVp>KzRM)hXTaBHAtaF}w"
    "YiQn$jCax1v)XH@J@jSogV50D=vr!zHcy-=8+{)gMm24a#(oM6qE6I_t5+l*MzgiB4uy|QEB`nk+)B{$-L!5q0Zj24g4RbO!^zbW"
    "Gn`_rU50ZI=a}JC;#AAB$YEKqWw}-kT0QA`NjA8mPpB=(aw#^wR%o?CY&|nd+I3lW74~7ST`4P<0f*Cymshm{FD-osKS4%6Z0S4L"
    "54WYE=CG);hR3p~l7$s0Aom-U65Ny1(UJNKUf8f<!-fqTHkLI6UkAXK1l79Qxia@z{;o4cW!nBs^3S3jN&2Pfzt0XBRHx9NSNv4K"
    "DYCZ20>@;(7fS4-*;D92C;QQpcl^?&U(9}<1rH1^-Yb;v{L}gP`IqPa2~oQ<{r"
)
COUNTERS = zlib.decompress(b85decode(_PACKED))
"""A sheet "Counters": 12.5% as 0.125, a date, a call sign 007; a struck row, struck words, a hidden row and column."""
